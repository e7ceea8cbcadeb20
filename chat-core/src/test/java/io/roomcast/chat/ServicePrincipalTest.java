package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.DeleteMessage;
import io.roomcast.chat.command.EditMessage;
import io.roomcast.chat.command.GetMessages;
import io.roomcast.chat.command.GetPresence;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.event.CustomEventSent;
import io.roomcast.chat.fixture.Answer;
import io.roomcast.chat.fixture.ChatFixture;
import io.roomcast.chat.fixture.TestSession;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Principal;
import io.roomcast.chat.spi.Authenticator;
import io.roomcast.chat.spi.RateLimiter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program of the host's, such as a backend, that is a client of the chat. */
class ServicePrincipalTest {
    private static final Principal SERVICE = Principal.service("billing");

    private final ChatFixture fixture = ChatFixture.with(
            builder -> builder.rateLimiter(RateLimiter.tokenBuckets()).accessPolicy((request, membership) -> {
                throw new AssertionError("the policy was asked about " + request);
            }));
    private final TestSession service = fixture.session(SERVICE);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void service_sends_in_the_name_of_any_user_without_a_limit() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann")));
        for (int i = 0; i < 100; i++) {
            Message sent = fixture.run(
                            service, ChatFixture.text("g", "invoice " + i).from("ann"))
                    .result()
                    .message();
            assertThat(sent.senderId()).isEqualTo("ann");
        }
        SendMessage system = SendMessage.of("g", "system", MessageType.SYSTEM, "paid", null, null);
        assertThat(fixture.run(service, system).result().message().type()).isEqualTo(MessageType.SYSTEM);
        assertThat(fixture.run(service, ChatFixture.text("g", "by whom?")).code())
                .isEqualTo(ErrorCode.MISSING_FIELDS);
    }

    @Test
    void service_does_what_the_host_may() {
        CreateConversation create =
                new CreateConversation("g", ConversationKind.GROUP, "Group", List.of("ann", "bob"), null);
        fixture.run(service, create).result();
        assertThat(fixture.chat().conversation("g").orElseThrow().members()).hasSize(2);
        fixture.run(service, new AddMembers("g", List.of("cid"))).result();
        Message sent = fixture.run(service, ChatFixture.text("g", "hello").from("ann"))
                .result()
                .message();
        fixture.run(service, EditMessage.of("g", sent.id(), "hi")).result();
        fixture.run(service, new DeleteMessage("g", sent.id())).result();
        assertThat(fixture.run(service, GetMessages.latest("g")).result().messages())
                .singleElement()
                .matches(Message::isDeleted);
        assertThat(fixture.run(service, new GetPresence(List.of("ann")))
                        .result()
                        .presence())
                .hasSize(1);
    }

    @Test
    void service_in_the_room_of_a_group_receives_its_messages() {
        fixture.chat().create(NewConversation.group("g", "Group", List.of("ann")));
        fixture.run(service, JoinRoom.of("g")).result();
        fixture.run(service, ChatFixture.text("g", "one").from("ann")).result();
        fixture.run(service, ChatFixture.text("g", "two").from("ann")).result();
        assertThat(fixture.told().messagesTo(service))
                .extracting(Message::content)
                .containsExactly("one", "two");
    }

    @Test
    void service_sends_events_of_the_application() {
        TestSession other = fixture.session(Principal.service("other"));
        fixture.run(other, JoinRoom.of("room")).result();
        fixture.run(service, SendEvent.of("room", "news", null)).result();
        fixture.run(service, new SendEvent("room", "ann", "cursor", null, List.of()))
                .result();
        assertThat(fixture.told().toldTo(other).stream().map(event -> ((CustomEventSent) event).userId()))
                .containsExactly(null, "ann");
    }

    @Test
    void authenticator_that_verifies_admits_it() {
        Instant expiry = Instant.parse("2100-01-01T00:00:00Z");
        Principal admitted = authenticate(token -> SERVICE.expiringAt(expiry)).result();
        assertThat(admitted).isEqualTo(new Principal(null, Map.of(), expiry, "billing"));
        assertThat(admitted.isService()).isTrue();
        assertThat(authenticate(token -> SERVICE.expiringAt(Instant.EPOCH)).code())
                .isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    @Test
    void authenticator_that_does_not_verify_cannot_admit_it() {
        Authenticator demo = new Authenticator() {
            @Override
            public Principal authenticate(String token) {
                return SERVICE;
            }

            @Override
            public boolean verifies() {
                return false;
            }
        };
        assertThat(authenticate(demo).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(authenticate(token -> Principal.anonymous()).code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    private static Answer<Principal> authenticate(Authenticator authenticator) {
        try (ChatFixture chat = ChatFixture.with(builder -> builder.authenticator(authenticator))) {
            Answer<Principal> answer = new Answer<>();
            chat.engine().authenticate("token", answer);
            assertThat(answer.isRefused()).isIn(true, false);
            return answer;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "a/b", "x\n"})
    void name_is_checked(String name) {
        assertThatThrownBy(() -> Principal.service(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("service: " + name + " (expected: ");
    }

    @Test
    void service_is_no_user() {
        assertThat(SERVICE.knownUserId()).isEmpty();
        assertThat(Principal.of("ann").isService()).isFalse();
        assertThatThrownBy(() -> new Principal("ann", Map.of(), null, "billing"))
                .isInstanceOf(IllegalArgumentException.class);
        IntStream.range(0, 3).forEach(i -> fixture.session(SERVICE));
        assertThat(fixture.chat().stats().users()).isZero();
    }
}
