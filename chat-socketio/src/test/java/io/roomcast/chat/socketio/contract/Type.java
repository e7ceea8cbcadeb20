package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** The type of a value on the wire, for both files of the contract and for the tests. */
interface Type {
    /** Returns the type in TypeScript. Lines after the first begin with the indent. */
    String typescript(String indent);

    /** Returns the type as a JSON schema. */
    JsonNode schema();

    /** Returns a value with all fields, or with the required ones only. */
    JsonNode sample(boolean full);

    /** Adds to the findings what is wrong with a value, and which optional fields it has. */
    void check(JsonNode value, String path, Findings findings);
}
