/** A gabled hall with its door open. */
export function Mark({ className = "size-7" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={`${className} text-accent`} aria-hidden="true">
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M16 2 29 11.5V30H3V11.5L16 2Zm-6.5 28h13V20a6.5 6.5 0 0 0-13 0v10Zm6.5-15.6a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z"
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
