import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord-api-types/v10";
import { type Choice, languageOf, type ModalField, type ModalSpec, type Spoken, spokenIn } from "#core";
import { SELECT_TYPES } from "../hands/components.ts";

/** A form in the language of whoever fills it in. Each field lies in a label of its own, under the field's name. */
export function modalBody(
  { title, fields }: ModalSpec,
  customId: string,
  locale: string | undefined,
): APIModalInteractionResponseCallbackData {
  const language = languageOf(locale);
  const say = (text: Spoken): string => spokenIn(text, language);
  const components = fields.map((field) => ({
    type: ComponentType.Label,
    label: say(field.label),
    ...(field.description !== undefined && { description: say(field.description) }),
    component: fieldBody(field, say),
  }));
  return { custom_id: customId, title: say(title), components } as APIModalInteractionResponseCallbackData;
}

type Say = (text: Spoken) => string;

function fieldBody(field: ModalField, say: Say): object {
  const common = { custom_id: field.name, required: field.required === true };
  switch (field.field) {
    case "short":
    case "paragraph":
      return {
        type: ComponentType.TextInput,
        style: field.field === "short" ? TextInputStyle.Short : TextInputStyle.Paragraph,
        ...common,
        ...(field.placeholder !== undefined && { placeholder: say(field.placeholder) }),
        ...(field.minLength !== undefined && { min_length: field.minLength }),
        ...(field.maxLength !== undefined && { max_length: field.maxLength }),
      };
    case "choice":
      return { ...selectBody("text", common, field), options: field.choices.map((choice) => optionBody(choice, say)) };
    default:
      return selectBody(field.field, common, field);
  }
}

function selectBody(of: keyof typeof SELECT_TYPES, common: object, { atMost }: { readonly atMost?: number }): object {
  return { type: SELECT_TYPES[of], ...common, ...(atMost !== undefined && { max_values: atMost }) };
}

function optionBody({ name, value }: Choice, say: Say): object {
  return { label: say(name), value: String(value) };
}
