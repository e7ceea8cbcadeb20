package io.roomcast.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.ChatService;
import io.roomcast.chat.command.GetMessage;
import io.roomcast.chat.command.GetUsers;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.NewMessage;
import io.roomcast.chat.model.Permission;
import io.roomcast.chat.model.Permissions;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.model.UserProfile;
import io.roomcast.chat.socketio.ChatServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A host that names its users and sends messages, as the documents show it. */
class UsersAndMessagesTest {
    private static final class Accounts {
        private List<UserProfile> named(Set<String> userIds) {
            return userIds.stream()
                    .map(userId -> UserProfile.named(userId, "Name of " + userId))
                    .toList();
        }
    }

    private static final class Mail {
        private final List<String> reminded = new ArrayList<>();

        private void remind(String userId) {
            reminded.add(userId);
        }
    }

    private final Accounts accounts = new Accounts();
    private final Mail mail = new Mail();

    private ChatServer built() {
        ChatServer server = ChatServer.builder()
                .port(0)
                .users((viewerId, userIds) -> accounts.named(userIds))
                .permissions(Permissions.defaults().grant(Role.MEMBER, Permission.PIN))
                .build();
        return server;
    }

    @Test
    void host_sends_annotates_and_reminds() {
        try (ChatServer server = built().start()) {
            ChatService chat = server.chat();

            NewMessage text = NewMessage.text("shop", "Your parcel is here, @bob")
                    .withMentions(List.of("bob"))
                    .withExpiry(Duration.ofDays(7));
            Message offer = chat.send("order-7", text).join();
            chat.annotate("order-7", offer.id(), "preview", "{\"title\":\"Parcel 7\"}")
                    .join();
            chat.attention().notified(List.of("bob", "carol"), offer).forEach(mail::remind);

            assertThat(mail.reminded).containsExactlyInAnyOrder("bob", "carol");
            Message stored =
                    chat.execute(new GetMessage("order-7", offer.id())).join().message();
            assertThat(stored.annotations()).hasSize(1);
            assertThat(stored.expiresAt()).isEqualTo(stored.createdAt().plus(Duration.ofDays(7)));
            assertThat(chat.execute(new GetUsers(List.of("bob"))).join().users())
                    .containsExactly(UserProfile.named("bob", "Name of bob"));
        }
    }
}
