import type {
  Announced,
  Announcement,
  Posted,
  RolePanel,
  RolePanelPlace,
  StarPlace,
  Starred,
  Worn,
} from "../postings.ts";

/** What is announced, worn, starred and welcomed. */
export interface PostingsRecords {
  /** Who came, and has not been let in and welcomed yet; key: user id (agents/greeter). */
  readonly ungreeted: { readonly at: number };
  /** Announcements that are drafted, waiting or planned, by their number (agents/announcer). */
  readonly announcement: Announcement;
  /** Their numbers; key: "all". */
  readonly announcements: { readonly numbers: readonly number[] };
  /** The latest that were posted, by their number, and in which order; key of the list: "all". */
  readonly posted: Posted;
  readonly postings: { readonly numbers: readonly number[] };
  /** An announcement whose time has come, while it is found out what time it is; key: the event. */
  readonly announcementDue: { readonly number: number; readonly at: number };
  /** An announcement on its way to its channels; key: the event that ordered it. */
  readonly announced: Announced;
  /** A post on its way to the servers that follow its channel; key: the event that ordered it. */
  readonly crossposting: {
    readonly channelId: string;
    readonly userId: string;
    readonly title: string;
    readonly locale?: string;
  };
  /** Panels of roles by their number (agents/selfroles). */
  readonly rolePanel: RolePanel;
  /** All panels, oldest first; key: "all". */
  readonly rolePanels: { readonly places: readonly RolePanelPlace[] };
  /** What somebody chose by a reaction, while they are looked at; key: the event. */
  readonly roleWish: {
    readonly number: number;
    readonly roleId: string;
    readonly userId: string;
    readonly isOn: boolean;
  };
  /** What somebody would get back; key: user id (agents/stickyroles). */
  readonly worn: Worn;
  /** Messages somebody starred, while their stars count; key: the message's id (agents/starboard). */
  readonly starred: Starred;
  /** The posts of the starboard that are followed, oldest first; key: "all". */
  readonly starPlaces: { readonly places: readonly StarPlace[] };
  /** A post on its way whose message is gone already; key: the event that ordered it. */
  readonly starOrphan: { readonly messageId: string };
}
