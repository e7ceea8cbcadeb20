/** What users read instead of a code. */
const WORDS = {
  file_too_large: "is too large.",
  file_type_blocked: "is of a kind that is not allowed here.",
};
const PLAIN = {
  quota_exceeded: "You have sent as much as you may in a day. Try again tomorrow.",
  upload_limit: "You have too many unfinished uploads. Finish or cancel one of them first.",
  not_supported: "This server does not take files.",
};

/** Returns why something failed, in plain words. */
export function failureWords({ code, error, field }) {
  if (code in WORDS) return `${field ?? "The file"} ${WORDS[code]}`;
  return PLAIN[code] ?? error;
}
