import assert from "node:assert/strict";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const DOCUMENT = "document";

/** The contract that a server gives to its clients, to hold against it what it really takes, answers and tells. */
export class Contract {
  #ajv = addFormats(new Ajv({ allErrors: true, strictSchema: false }));
  #operations;

  constructor(document) {
    this.#operations = Object.entries(document.operations);
    this.#ajv.addSchema(closed(document), DOCUMENT, undefined, false);
  }

  static async of(url) {
    const response = await fetch(`${url}/api/contract/asyncapi.yaml`);
    return new Contract(parse(await response.text()));
  }

  /** The names of what clients may ask. */
  get requests() {
    return this.#names("receive").filter((name) => name !== "connect");
  }

  /** The names of what clients may be told. */
  get notices() {
    return this.#names("send");
  }

  #names(action) {
    return this.#operations.filter(([, operation]) => operation.action === action).map(([name]) => name);
  }

  assertMessage(event, payload) {
    this.#assertIs(`chat/messages/${event}`, payload);
  }

  assertAnswer(event, answer) {
    this.#assertIs(`acks/messages/${event}Ack`, answer);
  }

  #assertIs(message, value) {
    const validate = this.#ajv.getSchema(`${DOCUMENT}#/channels/${message}/payload`);
    assert.ok(validate, `${message} is in the contract`);
    assert.ok(validate(value), `${message}: ${this.#ajv.errorsText(validate.errors)}: ${JSON.stringify(value)}`);
  }
}

/** The same schemas, but for objects that have more fields than they name, which a later server may add. */
function closed(schema) {
  if (Array.isArray(schema)) {
    return schema.map(closed);
  }
  if (schema === null || typeof schema !== "object") {
    return schema;
  }
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return schema.properties ? { additionalProperties: false, ...parts } : parts;
}
