package io.roomcast.examples.chatserver.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownUsersTest {
    @TempDir
    Path folder;

    private final List<String> changed = new ArrayList<>();

    private Path written(String json, int second) throws IOException {
        Path file = Files.writeString(folder.resolve("users.json"), json);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
        return file;
    }

    private KnownUsers of(Optional<UsersFile> file) {
        KnownUsers users = new KnownUsers(file);
        users.onChange(changed::add);
        return users;
    }

    @Test
    void fileNamesUsers_andIsReadAgainWhenItHasChanged() throws IOException {
        Path file = written(
                "{\"ann\": \"Ann Example\", \"bob\": {\"name\": \"Bob\", \"avatarUrl\": \"https://example.org/b.png\"}}",
                1);
        KnownUsers users = of(Optional.of(UsersFile.of(file)));

        assertThat(users.find(null, Set.of("ann", "bob", "cid")))
                .containsExactlyInAnyOrder(
                        UserProfile.named("ann", "Ann Example"),
                        UserProfile.named("bob", "Bob").withAvatarUrl("https://example.org/b.png"));
        written("{\"ann\": \"Ann Other\"}", 2);
        assertThat(users.find(null, Set.of("ann", "bob"))).containsExactly(UserProfile.named("ann", "Ann Other"));
    }

    @Test
    void fileThatBecomesUnreadable_isUsedAsItWas() throws IOException {
        Path file = written("{\"ann\": \"Ann\"}", 1);
        KnownUsers users = of(Optional.of(UsersFile.of(file)));
        written("{", 2);
        assertThat(users.find(null, Set.of("ann"))).hasSize(1);
        Files.delete(file);
        assertThat(users.find(null, Set.of("ann"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"ann\": 7}",
                "{\"ann\": null}",
                "{\"ann\": [\"Ann\"]}",
                "{\"ann\": {\"name\": 7}}",
                "{\"ann\": {\"nam\": \"Ann\"}}"
            })
    void fileOfAnotherForm_isRefused(String json) throws IOException {
        Path file = written(json, 1);
        assertThatThrownBy(() -> UsersFile.of(file)).isInstanceOf(IOException.class);
    }

    @Test
    void tokensNameUsers_andEachNewNameIsAChange() {
        KnownUsers users = of(Optional.empty());
        users.authenticated(new UserProfile("ann", null, null, null));
        assertThat(users.find("bob", Set.of("ann"))).isEmpty();
        users.authenticated(UserProfile.named("ann", "Ann"));
        users.authenticated(UserProfile.named("ann", "Ann"));
        users.authenticated(UserProfile.named("ann", "Ann Other"));
        assertThat(users.find("bob", Set.of("ann"))).containsExactly(UserProfile.named("ann", "Ann Other"));
        assertThat(changed).containsExactly("ann", "ann");
    }

    @Test
    void fileTakesPrecedenceOverTokens() throws IOException {
        KnownUsers users = of(Optional.of(UsersFile.of(written("{\"ann\": \"Ann\"}", 1))));
        users.authenticated(UserProfile.named("ann", "Root"));
        users.authenticated(UserProfile.named("bob", "Bob"));
        assertThat(users.find(null, Set.of("ann", "bob")))
                .containsExactlyInAnyOrder(UserProfile.named("ann", "Ann"), UserProfile.named("bob", "Bob"));
        assertThat(changed).containsExactly("bob");
    }
}
