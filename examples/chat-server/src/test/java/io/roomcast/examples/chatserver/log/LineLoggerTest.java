package io.roomcast.examples.chatserver.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class LineLoggerTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-28T12:00:00.5Z"), ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    private Logger logger(LineFormat format) {
        return new LineLogger("io.roomcast.Server", Level.INFO, format, NOON, lines::add);
    }

    @Test
    void text_has_time_level_source_and_words() {
        logger(new TextLine()).warn("{} of {} are away", 2, 3);
        assertThat(lines).containsExactly("2026-11-28T12:00:00.500Z WARN Server: 2 of 3 are away");
    }

    @Test
    void text_stays_one_line() {
        logger(new TextLine()).info("forged\n2026-11-28T12:00:00.500Z ERROR Server: {}", "a\r\nb");
        assertThat(lines).singleElement().asString().hasLineCount(1);
    }

    @Test
    void failure_has_its_stack_trace() {
        logger(new TextLine()).error("failed", new IllegalStateException("why"));
        assertThat(lines).singleElement().asString().contains("failed", "IllegalStateException: why", "\tat ");
    }

    @Test
    void json_is_an_object_on_one_line() throws Exception {
        logger(new JsonLine()).error("\"quoted\"\nand broken", new IllegalStateException("why"));
        assertThat(lines).singleElement().asString().hasLineCount(1);
        JsonNode event = new ObjectMapper().readTree(lines.get(0));
        assertThat(event.path("time").asText()).isEqualTo("2026-11-28T12:00:00.500Z");
        assertThat(event.path("level").asText()).isEqualTo("ERROR");
        assertThat(event.path("logger").asText()).isEqualTo("io.roomcast.Server");
        assertThat(event.path("message").asText()).isEqualTo("\"quoted\"\nand broken");
        assertThat(event.path("stack").asText()).contains("IllegalStateException: why");
    }

    @Test
    void what_is_below_the_level_is_not_logged() {
        logger(new TextLine()).debug("too much");
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', io.roomcast.chat.A, INFO",
        "debug, io.roomcast.chat.A, DEBUG",
        "error, io.roomcast.chat.A, ERROR",
        "nonsense, io.roomcast.chat.A, INFO",
        "debug, org.mongodb.driver, WARN",
        "error, org.mongodb.driver, ERROR",
        "debug, de.bwaldvogel.mongo.A, ERROR"
    })
    void level_is_the_one_asked_for(String level, String logger, Level minLevel) {
        assertThat(LogSettings.of(Map.of(LogSettings.LEVEL, level)).minLevel(logger))
                .isEqualTo(minLevel);
    }
}
