package io.roomcast.chat.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallMedia;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallHistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource({"PT5S, 0:05", "PT2M5S, 2:05", "PT1H2M3S, 1:02:03", "PT12H, 12:00:00"})
    void text_of_a_call_does_not_depend_on_the_language_of_the_server(Duration duration, String expected) {
        Call ringing =
                CallState.start("c", "d", true, CallMedia.AUDIO, NewParticipant.of("ann"), List.of("bob"), START);
        Call active = CallState.join(ringing, NewParticipant.of("bob"), null, 8, START)
                .call();
        Call ended = CallState.end(active, "ann", START.plus(duration)).call();
        for (String language : List.of("en", "de", "ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "th-TH-u-nu-thai")) {
            Locale.setDefault(Locale.forLanguageTag(language));
            assertThat(CallHistory.text(ended)).isEqualTo("Call, " + expected);
        }
    }
}
