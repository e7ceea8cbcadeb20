package io.roomcast.chat.internal.upload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Limits the bytes that each user uploads to this server in a day. Safe for use by any thread. */
final class UploadQuota {
    private static final Duration DAY = Duration.ofDays(1);

    private final long bytesPerDay;
    private final Clock clock;

    @GuardedBy("this")
    private final Map<String, Long> used = new HashMap<>();

    @GuardedBy("this")
    private Instant dayEnd = Instant.MIN;

    UploadQuota(long bytesPerDay, Clock clock) {
        this.bytesPerDay = bytesPerDay;
        this.clock = clock;
    }

    /** Counts the bytes of a file. Returns false, and counts none, if the user would exceed the limit. */
    synchronized boolean tryAdd(String userId, long bytes) {
        Instant now = clock.instant();
        if (now.isAfter(dayEnd)) {
            used.clear();
            dayEnd = now.plus(DAY);
        }
        long sum = used.getOrDefault(userId, 0L) + bytes;
        if (sum > bytesPerDay) {
            return false;
        }
        used.put(userId, sum);
        return true;
    }

    /** No longer counts the bytes of a file that was not stored. */
    synchronized void remove(String userId, long bytes) {
        used.computeIfPresent(userId, (user, sum) -> Math.max(0, sum - bytes));
    }
}
