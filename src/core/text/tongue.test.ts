import { expect, it } from "vitest";
import { tongueOf } from "./tongue.ts";

it.each([
  ["how do I get the key to the house?", "en"],
  ["Wie bekomme ich den Schlüssel zur Werkstatt?", "de"],
  ["hola, quiero cambiar mi apodo en este servidor, ¿cómo puedo hacerlo?", "es"],
  ["comment fait-on pour s'inscrire au tournoi de samedi ?", "fr"],
  ["olá, como é que eu troco a senha da minha conta?", "pt"],
  ["come posso cambiare il mio nome nel gruppo?", "it"],
  ["hoe kan ik mijn naam op de lijst zetten?", "nl"],
  ["password", undefined],
  ["ok", undefined],
  ["ключ от дома", undefined],
  ["", undefined],
])("%j is %s", (text, language) => expect(tongueOf(text)).toBe(language));
