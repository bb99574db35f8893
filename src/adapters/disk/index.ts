export { createDiskBlobs } from "./blobs.ts";
