package io.roomcast.chat.spi;

import io.roomcast.chat.model.UserProfile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A directory of users that do not change. Immutable. */
final class InMemoryUserDirectory implements UserDirectory {
    private final Map<String, UserProfile> users;

    InMemoryUserDirectory(Collection<UserProfile> users) {
        this.users = users.stream()
                .collect(Collectors.toUnmodifiableMap(
                        UserProfile::userId, Function.identity(), (earlier, later) -> later));
    }

    @Override
    public List<UserProfile> find(@Nullable String viewerId, Set<String> userIds) {
        return userIds.stream().map(users::get).filter(Objects::nonNull).toList();
    }

    @Override
    public boolean isPerViewer() {
        return false;
    }
}
