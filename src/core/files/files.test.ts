import { describe, expect, it } from "vitest";
import { fileKind, isPosing, pictureHash, pictureSize, unlike } from "./index.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
const PNG = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xf0";

describe("what a file is by its first bytes", () => {
  it.each([
    ["MZ\x90\0", "program", "Windows program"],
    ["\x7fELF\x02", "program", "Linux program"],
    ["\xcf\xfa\xed\xfe", "program", "macOS program"],
    ["\xca\xfe\xba\xbe", "program", "Java program"],
    ["PK\x03\x04....META-INF/MANIFEST.MF", "program", "Java program"],
    ["PK\x03\x04....AndroidManifest.xml", "program", "Android program"],
    ["L\0\0\0\x01\x14\x02\0", "program", "Windows shortcut"],
    ["#!/bin/sh\nrm", "script", "script"],
    ['\xef\xbb\xbf <?xml version="1.0"?>\n<svg xmlns="x">', "page", "picture with scripts"],
    ["<!-- hi -->\n<!DOCTYPE html>", "page", "web page"],
    ["<script>", "page", "web page"],
    ["PK\x03\x04..[Content_Types].xml", "document", "Office document"],
    ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document", "old Office document"],
    ["%PDF-1.7", "document", "PDF"],
    ["{\\rtf1", "document", "rich text"],
    ["PK\x03\x04notes.txt", "archive", "zip"],
    ["Rar!\x1a\x07\x01", "archive", "RAR"],
    ["7z\xbc\xaf\x27\x1c", "archive", "7-Zip"],
    ["\x1f\x8b\x08", "archive", "gzip"],
    ["BZh9", "archive", "bzip2"],
    ["\xfd7zXZ\0", "archive", "xz"],
    ["MSCF", "archive", "cabinet"],
    ["\0".repeat(257) + "ustar", "archive", "tar"],
    [PNG, "picture", "PNG"],
    ["\xff\xd8\xff\xe0", "picture", "JPEG"],
    ["GIF89a", "picture", "GIF"],
    ["RIFF....WEBPVP8 ", "picture", "WebP"],
    ["II*\0", "picture", "TIFF"],
    ["....ftypheic", "picture", "HEIF"],
    ["....ftypisom", "video", "video"],
    ["\x1aE\xdf\xa3", "video", "video"],
    ["RIFF....WAVEfmt ", "sound", "sound"],
    ["OggS", "sound", "sound"],
    ["ID3\x03", "sound", "sound"],
  ])("%j is %s, %s", (head, family, name) => {
    expect(fileKind(bytes(head))).toEqual({ family, name });
  });

  it.each(["", "hello", "a < b and b > c", "BMX is a sport", "\0\0\0\0", '{"a":1}'])(
    "%j is nothing of that",
    (head) => {
      expect(fileKind(bytes(head))).toBeUndefined();
    },
  );
});

describe("a file that poses as another", () => {
  it.each([
    ["MZ", "holiday.png", true],
    ["MZ", "notes.txt", true],
    ["MZ", "noending", true],
    ["MZ", "setup.EXE", false],
    ["<html>", "picture.jpg", true],
    ["<svg>", "picture.png", true],
    ["%PDF-1", "picture.gif ", true],
    ["PK\x03\x04x", "picture.png", true],
    ["PK\x03\x04x", "report.docx", false],
    ["PK\x03\x04x", "mod.jar", false],
    [PNG, "picture.jpg", false],
    [PNG, "song.mp3", true],
    ["....ftypisom", "song.m4a", false],
    ["#!/bin/sh", "install.sh", false],
    ["#!/bin/sh", "readme.xyz", false],
  ])("%j as %s: %s", (head, name, expected) => {
    expect(isPosing(fileKind(bytes(head))!, name)).toBe(expected);
  });
});

describe("a picture's size", () => {
  it.each([
    [PNG, { width: 320, height: 240 }],
    ["GIF89a\x40\x01\xf0\0", { width: 320, height: 240 }],
    ["\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\xf0\x01\x40", { width: 320, height: 240 }],
    ["RIFF....WEBPVP8X\0\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0", { width: 320, height: 240 }],
    ["RIFF....WEBPVP8 \0\0\0\0\0\0\0\0\0\0\x40\x01\xf0\0", { width: 320, height: 240 }],
    ["RIFF....WEBPVP8L\0\0\0\0\x2f\x3f\xc1\x3b\0", { width: 320, height: 240 }],
    ["\x89PNG\r\n", undefined],
    ["\xff\xd8\xff\xe0\0\x04ab", undefined],
    ["BM", undefined],
  ])("%j", (head, size) => {
    expect(pictureSize(bytes(head))).toEqual(size);
  });
});

describe("what a picture looks like", () => {
  const grid = (cell: (row: number, column: number) => number): number[] =>
    Array.from({ length: 81 }, (_, index) => cell(Math.floor(index / 9), index % 9));
  const face = grid((row, column) => (row * 37 + column * 101 + row * column * 13) % 256);

  it("is hardly changed by light, and not by nothing", () => {
    const hash = pictureHash(face)!;
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    expect(unlike(hash, pictureHash(face.map((one) => one * 0.8 + 20))!)).toBe(0);
    expect(unlike(hash, pictureHash(face.with(40, 128))!)).toBeLessThan(8);
    expect(unlike(hash, pictureHash(face.toReversed())!)).toBeGreaterThan(30);
  });

  it("is nothing where there is nothing to see", () => {
    expect(pictureHash(grid(() => 200))).toBeUndefined();
    expect(pictureHash(grid((_row, column) => (column === 4 ? 0 : 255)))).toBeUndefined();
  });
});
