package io.roomcast.chat.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.time.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
    private final VirtualTime time = new VirtualTime();
    private final MessageIds ids = new MessageIds(time.clock());

    @Test
    void id_is_26_characters_of_the_ulid_alphabet() {
        assertThat(Stream.generate(ids::next).limit(1_000)).allMatch(id -> id.matches("[0-7][0-9A-HJKMNP-TV-Z]{25}"));
    }

    @Test
    void ids_sort_by_time() {
        List<String> made = IntStream.range(0, 2_000)
                .mapToObj(i -> {
                    time.advance(Duration.ofMillis(1 + i % 50));
                    return ids.next();
                })
                .toList();
        assertThat(made).isSorted();
    }

    @Test
    void ids_of_one_millisecond_differ() {
        Set<String> made = Stream.generate(ids::next).limit(100_000).collect(Collectors.toSet());
        assertThat(made).hasSize(100_000);
    }

    @Test
    void time_is_written_as_the_ulid_specification_requires() {
        Clock example = Clock.fixed(Instant.ofEpochMilli(1_469_918_176_385L), ZoneOffset.UTC);
        assertThat(new MessageIds(example).next()).startsWith("01ARYZ6S41");
    }
}
