import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "../../../dist/dashboard",
    emptyOutDir: true,
    target: "es2022",
    /** The page's content policy allows no scripts from data: addresses, and files are as good. */
    assetsInlineLimit: 0,
  },
});
