package io.roomcast.chat.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The file that the server serves is made from the modules of the JavaScript client. */
@RequiresNode
class ClientFileTest {
    /** Whether {@code -Dclient.write} is set, so that the test writes the file and does not compare it. */
    private static final boolean WRITE = System.getProperty("client.write") != null;

    @Test
    void file_is_up_to_date() throws Exception {
        assertThat(WRITE ? NodeScript.run("client/bundle.mjs", "write") : NodeScript.run("client/bundle.mjs"))
                .as("run this test with -Dclient.write to generate the file")
                .last()
                .hasToString("{\"client\":\"course\",\"event\":\"finished\"}");
    }
}
