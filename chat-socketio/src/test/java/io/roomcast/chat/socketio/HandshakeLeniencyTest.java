package io.roomcast.chat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.socketio.raw.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Optional parts of a handshake: unusable ones are ignored, and the client receives a notification. */
class HandshakeLeniencyTest {
    private ChatServer server;
    private String epoch;

    @BeforeEach
    void start() {
        server = ChatServer.builder()
                .port(0)
                .limits(Limits.builder().roomsPerSession(2).build())
                .build()
                .start();
        server.chat().send("r", NewMessage.text("ann", "one")).join();
        try (RawWebSocket socket = RawWebSocket.connected(server.port())) {
            epoch = StrictServer.parse(socket.ask(1, "[\"joinRoom\",\"r\"]"))
                    .get(0)
                    .get("epoch")
                    .textValue();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Each row: the payload of CONNECT, whether rooms are rejoined, and what else the client receives. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"resume":{"rooms":{}}}                                          | false |
            {"resume":{}}                                                    | false |
            {"resume":null}                                                  | false |
            {"resume":{"epoch":null,"rooms":{}}}                             | false |
            {"resume":{"epoch":"E","rooms":{}}}                              | false |
            {"resume":""}                                                    | false |
            {"resume":"null"}                                                | false |
            {"resume":"{}"}                                                  | false |
            {"resume":{"rooms":""}}                                          | false |
            {"resume":{"rooms":null}}                                        | false |
            {"resume":{"rooms":"null"}}                                      | false |
            {"resume":"{\\"rooms\\":\\"\\"}"}                                  | false |
            {"resume":"","pid":"","offset":""}                               | false |
            {"resume":{"epoch":"E","rooms":{"":{"seq":1}}}}                  | true  | "code":"missing_fields"
            {"resume":{"epoch":"E","rooms":{"a\\u0000":{"seq":1}}}}          | true  | "code":"invalid_payload"
            {"resume":true}                                                  | false | "reason":"gap"
            {"resume":[{"rooms":{}}]}                                        | false | "reason":"gap"
            {"resume":" "}                                                   | false | "reason":"gap"
            {"resume":"7"}                                                   | false | "reason":"gap"
            {"resume":{"rooms":7}}                                           | false | "reason":"gap"
            {"resume":{"rooms":"[]"}}                                        | false | "reason":"gap"
            {"resume":7}                                                     | false | "reason":"gap"
            {"resume":[]}                                                    | false | "reason":"gap"
            {"resume":"nonsense"}                                            | false | "reason":"gap"
            {"resume":{"epoch":"E","rooms":[]}}                              | false | "reason":"gap"
            {"resume":{"epoch":"E","rooms":"r"}}                             | false | "reason":"gap"
            {"resume":{"rooms":{"r":{"seq":1,"version":0}}}}                 | true  | "r","reason":"epoch_changed"
            {"resume":{"epoch":7,"rooms":{"r":{"seq":1,"version":0}}}}       | true  | "r","reason":"epoch_changed"
            {"resume":{"epoch":"","rooms":{"r":{"seq":1,"version":0}}}}      | true  | "r","reason":"epoch_changed"
            {"resume":{"epoch":{},"rooms":{"r":{"seq":1,"version":0}}}}      | true  | "r","reason":"epoch_changed"
            {"resume":{"epoch":["E"],"rooms":{"r":{"seq":1}}}}               | true  | "r","reason":"epoch_changed"
            {"resume":{"epoch":"old","rooms":{"r":{"seq":1,"version":0}}}}   | true  | "r","reason":"epoch_changed"
            {"resume":{"epoch":"E","rooms":{"r":null}}}                      | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":""}}}                        | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":[]}}}                        | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":""}}}}                | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":"1"}}}}               | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":1,"version":[0]}}}}   | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":"x"}}}                       | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":-1}}}}                | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":0.5}}}}               | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":9007199254740992}}}}  | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":1e99}}}}              | true  | "r","reason":"position_lost"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":0}}}}                 | true  | "roomSync"
            {"resume":{"epoch":"E","rooms":{"r":{"seq":0.0,"version":0e1}}}} | true  | "roomSync"
            {"resume":"{\\"epoch\\":\\"E\\",\\"rooms\\":{\\"r\\":{\\"seq\\":0}}}"} | true | "roomSync"
            {"resume":{"epoch":"E","rooms":"{\\"r\\":{\\"seq\\":0}}"}}        | true  | "roomSync"
            {"resume":{"epoch":"E","rooms":{"a":{},"b":{},"c":{}}}}          | true  | "reason":"gap"
            {"features":"messagesBatch"}                                     | false |
            {"features":7}                                                   | false |
            {"features":""}                                                  | false |
            {"features":null}                                                | false |
            {"features":{"messagesBatch":true}}                              | false |
            {"features":[["messagesBatch"]]}                                 | false |
            {"token":7}                                                      | false |
            {"token":""}                                                     | false |
            {"token":["x"]}                                                  | false |
            {"pid":7,"offset":{}}                                            | false |
            {"pid":["x"],"offset":null}                                      | false |
            null                                                             | false |
            ""                                                               | false |
            {"features":[7,{"a":1},null]}                                    | false |
            {"features":["other"]}                                           | false |
            {"device":"{\\"id\\":\\"d\\"}","v":"1"}                             | false |
            {"device":7,"v":{},"unknown":[[[[[[[[[[]]]]]]]]]]}                 | false |
            """)
    void client_is_admitted_and_receives_what_was_ignored(String auth, boolean resumed, String told) {
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            socket.nextText();
            String session = socket.connect(auth.replace("E\"", epoch + "\"").replace("E\\\"", epoch + "\\\""));
            assertThat(session).contains("\"resumed\":" + resumed, "\"features\":[]");
            if (told != null) {
                List<String> received = socket.textsUpTo(told);
                assertThat(received).last().asString().startsWith("42[");
            }
            socket.text("421[\"leaveRoom\",\"r\"]");
            List<String> rest = socket.textsUpTo("431[");
            assertThat(rest).last().asString().contains("\"success\":true");
            assertThat(rest).as("nothing else is reported").noneMatch(text -> text.contains("syncRequired"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"features":["messagesBatch"]}
            {"features":"[\\"messagesBatch\\"]"}
            {"features":[7,"messagesBatch"]}
            """)
    void feature_is_granted(String auth) {
        try (RawWebSocket socket = RawWebSocket.open(server.port())) {
            socket.nextText();
            assertThat(socket.connect(auth)).contains("\"features\":[\"messagesBatch\"]");
        }
    }
}
