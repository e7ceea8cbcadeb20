// Usage: node known-users.test.js <command that starts the server>
import "./access.js";
import "./safety.js";
import "./devices.js";
import "./attention.js";
import "./pins.js";
import "./choices.js";
