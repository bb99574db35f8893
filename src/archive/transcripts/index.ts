export type { Transcript } from "./document.ts";
export { jsonOf, markdownOf } from "./forms.ts";
export { htmlOf, PAGE_POLICY, wrongPage } from "./html.ts";
export { eraseFromTranscripts, readTranscript } from "./keeping.ts";
export { createTranscriber } from "./make.ts";
