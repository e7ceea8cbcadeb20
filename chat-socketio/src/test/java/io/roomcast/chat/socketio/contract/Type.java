package io.roomcast.chat.socketio.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** How a value looks on the wire, as both files of the contract and the tests need to know it. */
interface Type {
    /** The type in TypeScript; further lines begin with the indent. */
    String typescript(String indent);

    /** The type as a JSON schema. */
    JsonNode schema();

    /** A value with all that it may have, or with only what it must have. */
    JsonNode sample(boolean full);

    /** Tells the findings what is wrong with a value, and which fields it has. */
    void check(JsonNode value, String path, Findings findings);
}
