/** A gabled hall with its door open. */
export function Mark({ className = "size-7" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={`${className} text-accent`} aria-hidden="true">
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M16 2 29 11.5V30H3V11.5L16 2Zm-5 28h10V20.5a5 5 0 0 0-10 0V30Zm5-18.4a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z"
      />
    </svg>
  );
}

export function Wordmark() {
  return (
    <h1 className="flex items-center gap-2.5">
      <Mark />
      <span className="font-serif text-[1.375rem] leading-none tracking-tight">Guildhall</span>
    </h1>
  );
}
