import { failureOf, placeOfUnsendable } from "./failure.js";

/**
 * The actions of a room with files.
 *
 * @param {object} parts
 * @param {string} parts.conversationId
 * @param {import("./files.js").FilesPart} [parts.files]
 * @param {() => void} parts.onSent
 * @returns {Pick<import("./roomcast.d.ts").Room, "sendFiles" | "resumeFiles" | "pause" | "resume">}
 */
export const createRoomFiles = ({ conversationId, files, onSent }) => ({
  sendFiles(chosen, message = "") {
    if (!files) return failureOf("not_supported", "The function files was not given to connect", false);
    const body = typeof message === "string" ? { content: message } : message;
    const place = placeOfUnsendable(body);
    if (place !== null) return { ...failureOf("invalid_payload", "Only JSON can be sent", false), field: place };
    const answer = files.send(conversationId, [...chosen], body);
    if (answer.success) onSent();
    return answer;
  },
  resumeFiles: (chosen) => files?.again(conversationId, [...chosen]) ?? [...chosen],
  pause: (clientMessageId) => files?.pause(clientMessageId),
  resume: (clientMessageId) => files?.resume(clientMessageId),
});
