package io.roomcast.examples.chatserver.users;

import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.spi.UserDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The users of a file, and those whose tokens named them since this server was started. The file takes precedence. Safe
 * for use by several threads; blocks while the file is read.
 */
public final class KnownUsers implements UserDirectory {
    private static final int MOST_BY_TOKEN = 100_000;

    private final Optional<UsersFile> file;
    private final Map<String, UserProfile> byToken = new LinkedHashMap<>();
    private volatile Consumer<String> onChange = userId -> {};

    /** Creates a directory that no token has named a user of yet. */
    public KnownUsers(Optional<UsersFile> file) {
        this.file = file;
    }

    /** Sets what to do with the id of a user whose token has another name than before. */
    public void onChange(Consumer<String> action) {
        onChange = action;
    }

    /** Adds what a valid token says of its user. The users of the latest {@value #MOST_BY_TOKEN} tokens remain. */
    public void authenticated(UserProfile user) {
        if (user.name() == null && user.avatarUrl() == null) {
            return;
        }
        if (!user.equals(replaced(user)) && !profiles().containsKey(user.userId())) {
            onChange.accept(user.userId());
        }
    }

    private @Nullable UserProfile replaced(UserProfile user) {
        synchronized (byToken) {
            UserProfile before = byToken.remove(user.userId());
            byToken.put(user.userId(), user);
            if (byToken.size() > MOST_BY_TOKEN) {
                byToken.remove(byToken.keySet().iterator().next());
            }
            return before;
        }
    }

    private Map<String, UserProfile> profiles() {
        return file.map(UsersFile::users).orElse(Map.of());
    }

    @Override
    public List<UserProfile> find(@Nullable String viewerId, Set<String> userIds) {
        Map<String, UserProfile> profiles = profiles();
        synchronized (byToken) {
            return userIds.stream()
                    .flatMap(
                            userId -> Optional.ofNullable(profiles.get(userId))
                                    .or(() -> Optional.ofNullable(byToken.get(userId)))
                                    .stream())
                    .toList();
        }
    }

    @Override
    public boolean isPerViewer() {
        return false;
    }
}
