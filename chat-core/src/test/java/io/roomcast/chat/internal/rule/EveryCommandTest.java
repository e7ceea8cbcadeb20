package io.roomcast.chat.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.CallCommand;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.UserCommand;
import io.roomcast.chat.fixture.SampleCommands;
import io.roomcast.chat.internal.handler.Handlers;
import io.roomcast.chat.internal.handler.TestHandlers;
import io.roomcast.chat.model.Attachment;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Reaction;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every command has a rule, or is listed here with the reason. */
class EveryCommandTest {
    private static final String AUTHOR = "a claim, which the authorizer checks";

    private static final String FLAG = "true, false and absent are valid";

    private static final Map<String, String> WITHOUT_RULE = Map.ofEntries(
            Map.entry("GetConversations.after", "every cursor names a place in the list"),
            Map.entry("GetMentions.after", "every cursor names a place in the list"),
            Map.entry("SetPreferences.changed", "none only reads the preferences"),
            Map.entry("SetPreferences.draftBefore", "every time may be that of a draft"),
            Map.entry("SetPrivacy.readReceipts", FLAG),
            Map.entry("SetPrivacy.typing", FLAG),
            Map.entry("SetPrivacy.presence", FLAG),
            Map.entry("RegisterDevice.quiet", "all hours of a day and all time zones are valid"),
            Map.entry("EndCall.forAll", FLAG),
            Map.entry("RejoinCall.fresh", FLAG),
            Map.entry("UpdateCall.audio", FLAG),
            Map.entry("UpdateCall.video", FLAG),
            Map.entry("UpdateCall.screen", FLAG),
            Map.entry("UpdateCall.connected", FLAG),
            Map.entry("JoinRooms.refused", "results that the server itself made"),
            Map.entry("SendEvent.userId", AUTHOR),
            Map.entry("SendMessage.senderId", AUTHOR),
            Map.entry("StartTyping.userId", AUTHOR),
            Map.entry("StartViewing.userId", AUTHOR),
            Map.entry("StopTyping.userId", AUTHOR),
            Map.entry("StopViewing.userId", AUTHOR));

    /** Values of which a rule must refuse at least one. */
    private static final Map<Class<?>, List<Object>> HOSTILE = Map.of(
            String.class, List.of("\uD83D", ""),
            long.class, List.of(-1L),
            Long.class, List.of(-1L),
            Integer.class, List.of(0),
            Duration.class, List.of(Duration.ofMillis(4_999)),
            List.class, List.of(List.of("\uD83D"), List.of(), List.of(new Attachment("ftp://files", null, null, null))),
            Position.class, List.of(new Position(-1, 0)),
            Preferences.class,
                    List.of(
                            new Preferences(NotifyLevel.ALL, null, false, false, 0L, null, 0),
                            Preferences.NONE.withDraft(new Draft("\uD83D", null, Instant.EPOCH))),
            Reaction.class, List.of(new Reaction("+1", "\uD83D")),
            SendMessage.class, List.of(SendMessage.text("ann-1", "\uD83D")));

    private static final Handlers COMMANDS = TestHandlers.create();

    static Stream<Command<?>> commands() {
        return SampleCommands.all();
    }

    static Stream<Arguments> fields() {
        return SampleCommands.types()
                .flatMap(type -> Arrays.stream(type.getRecordComponents())
                        .filter(component -> !component.getType().isEnum())
                        .map(component -> Arguments.of(type, component)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void valid_command_is_accepted(Command<?> command) {
        assertThatCode(() -> COMMANDS.validate(command, false)).doesNotThrowAnyException();
        assertThatCode(() -> COMMANDS.validate(command, true)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void hostile_field_is_refused(Class<?> type, RecordComponent field) {
        String name = type.getSimpleName() + "." + field.getName();
        assertThat(WITHOUT_RULE.containsKey(name) != isRefused(type, field))
                .as("%s has a rule, or a reason here why it has none", name)
                .isTrue();
    }

    private boolean isRefused(Class<?> type, RecordComponent field) {
        List<Object> hostile = field.getType() == Map.class
                ? List.of(Map.of("a b", "key"))
                : HOSTILE.getOrDefault(field.getType(), List.of());
        return hostile.stream()
                .filter(value -> isPossible(field, value))
                .map(value -> SampleCommands.with(type, field.getName(), value))
                .anyMatch(command -> isRefused(() -> COMMANDS.validate(command, false))
                        && isRefused(() -> COMMANDS.validate(command, true)));
    }

    private static boolean isPossible(RecordComponent field, Object value) {
        if (value instanceof Map) {
            return field.getGenericType().getTypeName().equals("java.util.Map<java.lang.String, java.lang.String>");
        }
        return !(value instanceof List<?> list)
                || list.isEmpty()
                || field.getGenericType()
                        .getTypeName()
                        .equals("java.util.List<" + list.get(0).getClass().getName() + ">");
    }

    private static boolean isRefused(Runnable validation) {
        return catchThrowableOfType(ChatException.class, validation::run) != null;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_about_a_conversation_names_it(Command<?> command) {
        if (!(command instanceof UserCommand || command instanceof CallCommand)) {
            Command<?> unnamed = SampleCommands.with(command.getClass(), "conversationId", "");
            ChatException refusal = catchThrowableOfType(ChatException.class, () -> COMMANDS.validate(unnamed, false));
            assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_FIELDS);
            assertThat(refusal.field()).contains("conversationId");
        }
    }
}
