package io.roomcast.chat.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnEntriesTest {
    private final OwnEntries entries = new OwnEntries();

    @Test
    void entry_that_never_reached_redis_is_forgotten() {
        entries.put("c:1", new byte[1]);
        entries.takeChanged(10);
        entries.remove("c:1");
        entries.markNotRemoved("c:1");

        assertThat(entries.takeChanged(10)).isEmpty();
    }

    @Test
    void entry_that_may_have_reached_redis_is_removed_later() {
        entries.put("c:1", new byte[1]);
        entries.takeChanged(10);
        entries.markWritten("c:1");
        entries.remove("c:1");
        entries.markNotRemoved("c:1");
        assertThat(entries.takeChanged(10)).containsExactly("c:1");

        entries.markRemoved("c:1");
        entries.markNotRemoved("c:1");
        assertThat(entries.takeChanged(10)).isEmpty();
    }

    @Test
    void all_entries_are_written_every_20_minutes_and_expire_an_hour_later() {
        long now = Long.MAX_VALUE - 1;
        entries.markAll(now);
        entries.put("c:1", new byte[1]);
        entries.put("c:2", new byte[1]);
        entries.takeChanged(10);
        entries.remove("c:2");
        for (int i = 0; i < 3; i++) {
            now += Duration.ofMinutes(20).toNanos();
            entries.markAllIfDue(now - 1);
            assertThat(entries.takeChanged(10)).isEmpty();
            entries.markAllIfDue(now);
            assertThat(entries.takeChanged(10)).containsExactly("c:1");
        }
        assertThat(OwnEntries.LIFE).isEqualTo(OwnEntries.REWRITE_INTERVAL.multipliedBy(3));
    }

    @Test
    void failed_write_is_repeated() {
        entries.markUnknown("c:1");
        assertThat(entries.takeChanged(10)).containsExactly("c:1");
    }

    @Test
    void entry_that_was_put_again_is_written_after_the_removal() {
        entries.put("c:1", new byte[1]);
        entries.takeChanged(10);
        entries.markRemoved("c:1");

        assertThat(entries.takeChanged(10)).isEqualTo(List.of("c:1"));
    }
}
