package io.roomcast.chat.internal.presence;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.roomcast.chat.internal.execution.HostCaller;
import io.roomcast.chat.internal.presence.ProfileCache.Known;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.spi.UserDirectory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks up users in the host's directory. Keeps what it finds, and asks once for a user whom several callers want. Safe
 * for use by any thread; never blocks.
 */
final class ProfileLookup {
    private final ProfileCache cache;
    private final UserDirectory directory;
    private final boolean isPerViewer;
    private final HostCaller port;
    private final UnaryOperator<UserProfile> validPart;

    /** The users that are being looked up. */
    @GuardedBy("this")
    private final Map<ProfileCache.Key, CompletableFuture<Known>> pending = new HashMap<>();

    /**
     * Creates an instance that knows nothing yet.
     *
     * @param validPart returns a profile without its invalid values
     */
    ProfileLookup(UserDirectory directory, HostCaller port, UnaryOperator<UserProfile> validPart, Clock clock) {
        this.directory = directory;
        this.isPerViewer = directory.isPerViewer();
        this.port = port;
        this.validPart = validPart;
        this.cache = new ProfileCache(clock);
    }

    /** A call of the directory for those users that are neither cached nor being looked up. */
    private record Call(@Nullable String viewerId, long changesBefore, Map<String, CompletableFuture<Known>> users) {}

    /**
     * Returns those users that the directory knows, in the given order. The stage fails with the {@link ChatException} of
     * the directory's failure.
     */
    CompletionStage<List<UserProfile>> find(@Nullable String viewerId, Collection<String> userIds) {
        Set<String> distinct = new LinkedHashSet<>(userIds);
        List<CompletableFuture<Known>> wanted = new ArrayList<>(distinct.size());
        Call call = begin(viewerId, distinct, wanted);
        if (!call.users().isEmpty()) {
            start(call);
        }
        return CompletableFuture.allOf(wanted.toArray(CompletableFuture[]::new))
                .thenApply(done -> wanted.stream()
                        .flatMap(one -> Stream.ofNullable(one.join().profile()))
                        .toList());
    }

    private synchronized Call begin(
            @Nullable String viewerId, Set<String> userIds, List<CompletableFuture<Known>> wanted) {
        Call call = new Call(viewerId, cache.changes(), new LinkedHashMap<>());
        for (String userId : userIds) {
            ProfileCache.Key key = key(viewerId, userId);
            Known cached = cache.getIfPresent(key);
            wanted.add(
                    cached != null
                            ? CompletableFuture.completedFuture(cached)
                            : pending.computeIfAbsent(key, missing -> {
                                CompletableFuture<Known> result = new CompletableFuture<>();
                                call.users().put(userId, result);
                                return result;
                            }));
        }
        return call;
    }

    private ProfileCache.Key key(@Nullable String viewerId, String userId) {
        return new ProfileCache.Key(isPerViewer ? viewerId : null, userId);
    }

    private void start(Call call) {
        port.call(call.viewerId(), () -> ask(call)).whenComplete((found, failure) -> {
            end(call, found);
            call.users().forEach((userId, result) -> {
                if (found == null) {
                    result.completeExceptionally(ChatException.from(failure));
                } else {
                    result.complete(new Known(found.get(userId)));
                }
            });
        });
    }

    /** Calls the directory, on a thread of the port. */
    private Map<String, UserProfile> ask(Call call) {
        Map<String, UserProfile> valid = new HashMap<>();
        for (UserProfile profile :
                directory.find(call.viewerId(), Set.copyOf(call.users().keySet()))) {
            UserProfile part = validPart.apply(profile);
            if (!part.equals(profile)) {
                port.warn("returned invalid names, avatar URLs or metadata, which are left out");
            }
            valid.put(part.userId(), part);
        }
        return valid;
    }

    private synchronized void end(Call call, @Nullable Map<String, UserProfile> found) {
        call.users().forEach((userId, result) -> {
            ProfileCache.Key key = key(call.viewerId(), userId);
            pending.remove(key, result);
            if (found != null) {
                cache.put(key, new Known(found.get(userId)), call.changesBefore());
            }
        });
    }

    /** Forgets a user who changed. Later callers do not share earlier calls. */
    synchronized void forget(String userId) {
        cache.invalidate(userId);
        pending.keySet().removeIf(key -> key.userId().equals(userId));
    }

    /** Forgets all users. */
    synchronized void forgetAll() {
        cache.clear();
        pending.clear();
    }

    /** Returns how many users are cached or are being looked up. */
    synchronized int size() {
        return cache.size() + pending.size();
    }
}
