export { FILE_FAMILIES, FILE_HEAD, fileKind, isPosing, type FileFamily, type FileKind } from "./kinds.ts";
export { isPictureHash, PICTURE_GRID, pictureHash, unlike } from "./picture.ts";
export { pictureSize, type PictureSize } from "./size.ts";
