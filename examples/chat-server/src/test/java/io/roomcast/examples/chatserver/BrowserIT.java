package io.roomcast.examples.chatserver;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the page in a browser. Needs Node, Chromium and {@code npm ci} in {@code src/test/js}; required in CI. */
class BrowserIT {
    @BeforeAll
    static void tools_areThere() {
        BrowserScript.requireTools();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two-tabs.test.js",
                "token.test.js",
                "group.test.js",
                "known-users.test.js",
                "large.test.js",
                "crowd.test.js",
                "members.test.js",
                "calls.test.js",
                "files.test.js",
                "push.test.js",
                "push-delivery.test.js",
                "calls-relay.test.js"
            })
    void page_worksInABrowser(String script) throws Exception {
        BrowserScript.run(script, ChatServerProcess.command());
    }
}
