import { Button } from "./parts/small.tsx";
import { Mark } from "./parts/wordmark.tsx";

/** Whoever comes without the link. The form leads to the same address as the link does. */
export function SignIn() {
  const refused = new URLSearchParams(window.location.search).get("sign-in") === "refused";
  return (
    <main className="grid h-full place-items-center p-6">
      <form action="/" method="get" className="w-full max-w-sm">
        <Mark className="size-10" />
        <h1 className="mt-5 font-serif text-3xl tracking-tight">The door is locked</h1>
        <p className="mt-2 text-muted">
          Guildhall printed a link when it started. Open that link, or paste the token at its end.
        </p>
        <label htmlFor="token" className="mt-6 block text-sm font-medium">
          Token
        </label>
        <input
          id="token"
          name="token"
          type="password"
          required
          autoComplete="off"
          aria-describedby={refused ? "refused" : undefined}
          className="mt-1 h-10 w-full rounded-lg border border-line bg-card px-3 font-mono text-sm"
        />
        {refused && (
          <p id="refused" role="alert" className="mt-2 text-sm text-red">
            That token opens nothing here. Each house has its own, printed at its start.
          </p>
        )}
        <Button type="submit" look="main" className="mt-4 h-10 w-full">
          Come in
        </Button>
      </form>
    </main>
  );
}
