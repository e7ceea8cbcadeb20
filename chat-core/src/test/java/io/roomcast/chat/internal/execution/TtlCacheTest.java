package io.roomcast.chat.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TtlCacheTest {
    private final VirtualTime time = new VirtualTime();
    private final TtlCache<String, Integer> cache =
            new TtlCache<>(time.clock(), Duration.ofSeconds(30), 10, weight -> weight);

    private void keep(String key, int value) {
        cache.putIfCurrent(key, value, cache.invalidations());
    }

    @Test
    void value_is_cached_for_its_lifetime() {
        keep("a", 1);
        time.advance(Duration.ofMillis(29_999));
        assertThat(cache.getIfPresent("a")).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        assertThat(cache.getIfPresent("a")).isNull();
    }

    @Test
    void values_expire_if_the_clock_is_set_back() {
        keep("a", 1);
        time.adjustClock(Duration.ofHours(-1));
        assertThat(cache.getIfPresent("a")).isNull();
    }

    @Test
    void oldest_values_are_evicted_first() {
        keep("a", 4);
        keep("b", 4);
        keep("c", 4);
        assertThat(cache.getIfPresent("a")).isNull();
        assertThat(cache.getIfPresent("b")).isEqualTo(4);
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void value_that_is_written_again_lives_longer() {
        keep("a", 4);
        keep("b", 4);
        keep("a", 4);
        keep("c", 4);
        assertThat(cache.getIfPresent("a")).isEqualTo(4);
        assertThat(cache.getIfPresent("b")).isNull();
    }

    @Test
    void value_heavier_than_the_cache_is_not_cached() {
        keep("a", 11);
        assertThat(cache.size()).isZero();
        keep("b", 10);
        assertThat(cache.getIfPresent("b")).isEqualTo(10);
    }

    @Test
    void expired_values_are_evicted() {
        keep("a", 1);
        time.advance(Duration.ofSeconds(30));
        keep("b", 1);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void lookup_in_progress_is_not_cached_after_an_invalidation() {
        long invalidations = cache.invalidations();
        cache.invalidate("a");
        cache.putIfCurrent("a", 1, invalidations);
        assertThat(cache.getIfPresent("a")).isNull();
    }

    @Test
    void merge_combines_values() {
        cache.merge("a", 3, Math::max);
        cache.merge("a", 2, Math::max);
        assertThat(cache.getIfPresent("a")).isEqualTo(3);
    }

    @Test
    void clear_removes_all_values() {
        keep("a", 10);
        cache.clear();
        keep("b", 10);
        assertThat(cache.size()).isEqualTo(1);
    }
}
