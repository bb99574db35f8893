import type { Attachment } from "./facts.ts";

/** A message that somebody starred, and what the starboard shows of it. */
export interface Starred {
  readonly channelId: string;
  readonly authorId?: string;
  /** Who starred it, each once. */
  readonly userIds: readonly string[];
  /** What it says since it was edited. */
  readonly edited?: { readonly text: string; readonly attachments: readonly Attachment[] };
  readonly post?: StarPost;
  /** Staff took its post down, or nobody knows whether it was posted: it is never posted again. */
  readonly closed?: true;
}

export interface StarPost {
  /** The event that ordered it. */
  readonly by: string;
  /** Once it is posted. */
  readonly messageId?: string;
  /** How many stars it tells of. */
  readonly shown: number;
  /** It is looked at again soon: changes in between are shown together. */
  readonly due?: true;
}

/** What leads from a post of the starboard, from the event that ordered it and from its author to the message. */
export interface StarPlace {
  readonly messageId: string;
  readonly by: string;
  readonly authorId?: string;
  readonly postId?: string;
}

/** The roles a member has, as far as they would get them back after leaving. */
export interface Worn {
  readonly roleIds: readonly string[];
  /** They are back, and nobody has let them in yet: these they get then. */
  readonly owed?: readonly string[];
  readonly leftAt?: number;
  /** They have a role in which nobody may leave and come back as they were. */
  readonly quarantined?: true;
}

/** *any* as many as one likes · *one* exactly one, once one was chosen · *most* no more than `most` of them */
export type RoleRule = "any" | "one" | "most";

/** Roles that members give themselves, from one message. */
export interface RolePanel {
  readonly number: number;
  readonly title: string;
  readonly text?: string;
  readonly roleIds: readonly string[];
  readonly rule: RoleRule;
  readonly most?: number;
  readonly style: "buttons" | "select" | "reactions";
  readonly requiredRoleId?: string;
  readonly channelId: string;
  readonly messageId?: string;
  readonly byUserId: string;
}

/** Leads from a panel's message to the panel; all of them in one place, since every reaction asks. */
export interface RolePanelPlace {
  readonly number: number;
  /** The event that ordered the message. */
  readonly by: string;
  readonly messageId?: string;
}

/** Something the guild is to be told; see agents/announcer. */
export interface Announcement {
  readonly number: number;
  /** *waiting* another person has to approve it · *scheduled* its time will come */
  readonly status: "draft" | "waiting" | "scheduled";
  readonly title?: string;
  readonly text: string;
  readonly channelIds: readonly string[];
  /** Called by it. */
  readonly pingRoleId?: string;
  readonly pingEveryone?: true;
  /** Address of a picture. */
  readonly picture?: string;
  /** Shown in the servers that follow an announcement channel, too. */
  readonly crosspost?: true;
  readonly by: { readonly userId: string; readonly name: string };
  /** The author's language. */
  readonly locale?: string;
  /** When it is posted; absent: as soon as it is sent off. */
  readonly at?: number;
  readonly repeat?: { readonly rule: string; readonly firstAt: number; readonly zone: string };
  /** The one it takes the place of, once it is sent off. */
  readonly replaces?: number;
  /** The one that was posted and whose words it puts right. */
  readonly corrects?: number;
}

/** What was posted last under a number, and where: to be put right. */
export interface Posted extends Pick<
  Announcement,
  "number" | "title" | "text" | "pingRoleId" | "pingEveryone" | "picture" | "by"
> {
  readonly posts: readonly { readonly channelId: string; readonly messageId: string }[];
}

/** What was ordered and is followed until every channel has answered. */
export interface Announced {
  readonly number: number;
  readonly title: string;
  readonly by: Announcement["by"];
  readonly locale?: string;
  readonly crosspost?: true;
  /** It is there already, and gets other words. */
  readonly corrects?: true;
  /** In the order of the proposals; empties as they answer. */
  readonly channelIds: readonly string[];
  readonly answered: readonly string[];
  /** Names or ids of channels in which it is not, and why. */
  readonly failed: readonly {
    readonly channelId: string;
    readonly why: "gone" | "refused" | "unknown" | "deleted" | "not-ordered";
  }[];
}
