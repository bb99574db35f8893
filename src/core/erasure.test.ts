import { expect, it } from "vitest";
import { withoutMember } from "./erasure.ts";

const ADA = "900000000000000101";
const BEA = "900000000000000102";

it("takes a member's id, names and words out of what is about them", () => {
  const event = {
    author: { userId: ADA, name: "Ada", roleIds: ["1"], joinedAt: 7 },
    text: `I am <@${ADA}>`,
    mentionedUserIds: [BEA],
    attachments: [{ id: "3", filename: "ada.png", size: 9 }],
  };
  expect(withoutMember(event, ADA, true)).toEqual({
    author: { userId: "erased", name: "erased", roleIds: ["1"], joinedAt: 7 },
    text: "erased",
    mentionedUserIds: [BEA],
    attachments: [{ id: "3", filename: "erased", size: 9 }],
  });
});

it("leaves others their words where they only speak of the member", () => {
  const event = {
    author: { userId: BEA, name: "Bea", roleIds: [] },
    text: `hello <@${ADA}>`,
    options: { member: { userId: ADA, name: "Ada", nickname: "A" } },
    counts: { [`said/${ADA}`]: 3 },
  };
  expect(withoutMember(event, ADA, false)).toEqual({
    author: { userId: BEA, name: "Bea", roleIds: [] },
    text: "hello <@erased>",
    options: { member: { userId: "erased", name: "erased", nickname: "erased" } },
    counts: { "said/erased": 3 },
  });
});
