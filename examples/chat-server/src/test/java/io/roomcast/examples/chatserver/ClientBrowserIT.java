package io.roomcast.examples.chatserver;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the JavaScript client in pages of other sites, in a browser. Runs beside {@link BrowserIT}, and needs the same.
 */
class ClientBrowserIT {
    @BeforeAll
    static void tools_areThere() {
        BrowserScript.requireTools();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client.test.js",
                "client-life.test.js",
                "calls-media.test.js",
                "react.test.js",
                "frontends.test.js",
                "foreign-uploads.test.js"
            })
    void client_worksInABrowser(String script) throws Exception {
        BrowserScript.run(script, ChatServerProcess.command());
    }
}
