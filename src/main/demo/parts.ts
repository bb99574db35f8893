import {
  ButtonStyle,
  ComponentType as Kind,
  type APIButtonComponent,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuComponent,
  type APITextInputComponent,
  TextInputStyle,
} from "discord-api-types/v10";
import type { DemoChoice, DemoField, DemoForm, DemoPart } from "../../doors/api/demo.ts";
import type { Surroundings } from "./commands.ts";

/** What menus without a list of their own offer. */
export interface Offers extends Surroundings {
  readonly members: readonly DemoChoice[];
}

/** What can be pressed or chosen under a message, however deep it lies in rows, sections and containers. */
export function partsOf(components: readonly unknown[], offers: Offers): readonly DemoPart[] {
  return within(components).flatMap((component) => {
    if (component.type === Kind.Button) return buttonPart(component);
    return isMenu(component) ? [menuPart(component, offers)] : [];
  });
}

interface Nested {
  readonly components?: readonly unknown[];
  readonly component?: unknown;
  readonly accessory?: unknown;
}

type Component = APIButtonComponent | APISelectMenuComponent;

function within(components: readonly unknown[]): readonly Component[] {
  return components.flatMap((each) => {
    const { components: below = [], component, accessory } = each as Nested;
    const inner = [...below, component, accessory].filter((one) => one !== undefined);
    return inner.length > 0 ? within(inner) : [each as Component];
  });
}

function buttonPart(button: APIButtonComponent): readonly DemoPart[] {
  const label = ("label" in button ? button.label : undefined) ?? ("emoji" in button ? button.emoji?.name : "") ?? "";
  if (button.style === ButtonStyle.Link) return [{ kind: "link", url: button.url, label }];
  if (!("custom_id" in button)) return [];
  const { custom_id: customId, disabled = false, style } = button;
  return [{ kind: "button", customId, label, look: LOOKS[style] ?? "plain", ...(disabled && { disabled }) }];
}

const LOOKS: Readonly<Partial<Record<ButtonStyle, "main" | "danger">>> = {
  [ButtonStyle.Primary]: "main",
  [ButtonStyle.Success]: "main",
  [ButtonStyle.Danger]: "danger",
};

const MENUS: ReadonlySet<Kind> = new Set([
  Kind.StringSelect,
  Kind.UserSelect,
  Kind.RoleSelect,
  Kind.MentionableSelect,
  Kind.ChannelSelect,
]);

const isMenu = (component: { readonly type: Kind }): component is APISelectMenuComponent => MENUS.has(component.type);

function menuPart(menu: APISelectMenuComponent, offers: Offers): DemoPart {
  const { custom_id: customId, placeholder = "Choose…", max_values: atMost = 1 } = menu;
  return { kind: "menu", customId, label: placeholder, atMost, choices: choicesIn(menu, offers) };
}

function choicesIn(menu: APISelectMenuComponent, { members, roles, channels }: Offers): readonly DemoChoice[] {
  switch (menu.type) {
    case Kind.StringSelect:
      return menu.options.map(({ label, value }) => ({ label, value }));
    case Kind.UserSelect:
      return members;
    case Kind.RoleSelect:
      return roles;
    case Kind.ChannelSelect:
      return channels;
    default:
      return [...members, ...roles];
  }
}

interface Labelled {
  readonly label?: string;
  readonly description?: string;
  readonly component?: unknown;
  readonly components?: readonly unknown[];
}

export function formOf(modal: unknown, offers: Offers): DemoForm | undefined {
  if (modal === undefined) return undefined;
  const { title, components } = modal as APIModalInteractionResponseCallbackData;
  return { title, fields: components.flatMap((part) => fieldsIn(part as Labelled, offers)) };
}

/** A field stands under a label, or, as forms used to be, in a row and says its label itself. */
function fieldsIn({ label, description: about, component, components = [] }: Labelled, offers: Offers) {
  const fields = component === undefined ? components : [component];
  return fields
    .flatMap((field) => fieldOf(field as APITextInputComponent | APISelectMenuComponent, label, offers))
    .map((field): DemoField => (about === undefined ? field : { ...field, about }));
}

function fieldOf(
  field: APITextInputComponent | APISelectMenuComponent,
  over: string | undefined,
  offers: Offers,
): readonly DemoField[] {
  if (field.type === Kind.TextInput) {
    const { custom_id: name, label = "", style, value, required = true, max_length: longest } = field;
    const kind = style === TextInputStyle.Paragraph ? ("text" as const) : ("line" as const);
    const given = { ...(value !== undefined && { value }), ...(longest !== undefined && { longest }) };
    return [{ name, label: over ?? label ?? "", kind, required, ...given }];
  }
  if (!isMenu(field)) return [];
  const { custom_id: name, max_values: atMost = 1 } = field;
  const { required = true } = field as { required?: boolean };
  return [{ name, label: over ?? name, kind: "choice", required, atMost, choices: choicesIn(field, offers) }];
}
