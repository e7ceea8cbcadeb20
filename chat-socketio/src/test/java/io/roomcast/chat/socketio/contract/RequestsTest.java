package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallSignalKind;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ConversationFilter;
import io.roomcast.chat.model.ConversationKind;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.MessageType;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Presence;
import io.roomcast.chat.socketio.internal.wire.WireCommand;
import io.roomcast.chat.socketio.internal.wire.WireCommands;
import java.lang.reflect.ParameterizedType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The server reads and answers exactly the fields of the contract. */
class RequestsTest {
    private static final List<Request> REQUESTS = WireContract.REQUESTS;

    private static final Set<String> NAMES = Stream.of(
                    Stream.of(MessageType.values()).map(MessageType::wireName),
                    Stream.of(ConversationKind.values()).map(ConversationKind::wireName),
                    Stream.of(Presence.Status.values()).map(Presence.Status::wireName),
                    Stream.of(NotifyLevel.values()).map(NotifyLevel::wireName),
                    Stream.of(CallMedia.values()).map(CallMedia::wireName),
                    Stream.of(CallSignalKind.values()).map(CallSignalKind::wireName),
                    Stream.of(ConversationFilter.values()).map(ConversationFilter::wireName))
            .flatMap(names -> names)
            .collect(Collectors.toSet());

    @Test
    void all_commands_are_in_the_contract() {
        assertThat(REQUESTS.stream().map(Request::name))
                .containsExactlyInAnyOrderElementsOf(
                        WireCommands.all().stream().map(WireCommand::name).toList());
        assertThat(REQUESTS.stream().map(RequestsTest::command))
                .containsExactlyInAnyOrderElementsOf(RecordSamples.types(Command.class)
                        .filter(type -> type != HandleEvent.class)
                        .toList());
    }

    /** Returns the type of the command that all forms of a request decode to. */
    private static Class<?> command(Request request) {
        Set<Class<?>> types = Stream.of(true, false)
                .flatMap(full -> request.forms().stream().map(form -> form.sample(full)))
                .map(payload -> request.wire().decoder().decode(payload).getClass())
                .collect(Collectors.toSet());
        assertThat(types).hasSize(1);
        return types.iterator().next();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REQUESTS")
    void answer_has_the_fields_of_the_contract(Request request) {
        Class<?> reply = reply(command(request));
        Stream<JsonNode> answers = Samples.all()
                .flatMap(samples -> Stream.of("userId", "x", "other")
                        .map(userId -> answer(request.wire(), samples.of(reply), userId)));
        Encoded.assertAre(request.answer(), answers);
    }

    private static Class<?> reply(Class<?> command) {
        return Stream.of(command.getGenericInterfaces())
                .map(ParameterizedType.class::cast)
                .map(type -> (Class<?>) type.getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static <R> JsonNode answer(WireCommand<R> wire, Object reply, String userId) {
        return Encoded.value(json -> wire.success(json, (R) reply, userId));
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REQUESTS")
    void fields_that_are_read_are_in_the_contract(Request request) {
        Set<String> described = new HashSet<>();
        Set<String> read = new HashSet<>();
        for (Shape shape : request.shapes()) {
            WatchedObject payload = WatchedObject.of(shape.sample(true));
            request.wire().decoder().decode(payload);
            read.addAll(payload.read());
            shape.fields().forEach(field -> described.add(field.name()));
        }
        assertThat(read).isEqualTo(described);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("fields")
    void field_of_another_type_is_refused(Request request, Shape shape, String name) {
        ObjectNode payload = shape.sample(true);
        boolean isFlag = payload.path(name).isBoolean();
        assertRefused(request, payload.set(name, isFlag ? LongNode.valueOf(1) : BooleanNode.TRUE), name);
    }

    private static void assertRefused(Request request, JsonNode payload, String field) {
        assertThatThrownBy(() -> request.wire().decoder().decode(payload))
                .isInstanceOfSatisfying(ChatException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
                    assertThat(refusal.field()).contains(field);
                });
    }

    private static Stream<Arguments> fields() {
        return REQUESTS.stream()
                .flatMap(request -> request.shapes().stream()
                        .flatMap(shape -> shape.fields().stream()
                                .filter(field -> field.type() != Scalar.ANY)
                                .map(field -> Arguments.of(request, shape, field.name()))));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("choices")
    void accepted_names_are_in_the_contract(Request request, Shape shape, String field) {
        Set<String> taken = new HashSet<>(NAMES);
        try (AskedChat chat = new AskedChat()) {
            taken.removeIf(name -> chat.refuses(request, shape.sample(false).put(field, name)));
        }
        assertThat(taken).isEqualTo(request.choices(field));
    }

    /** Returns each choice in the first form of each request. */
    private static Stream<Arguments> choices() {
        return REQUESTS.stream()
                .flatMap(request -> request.shapes().stream()
                        .limit(1)
                        .flatMap(shape -> shape.fields().stream()
                                .filter(field -> field.type() instanceof Choice)
                                .map(field -> Arguments.of(request, shape, field.name()))));
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REQUESTS")
    void optional_fields_may_be_absent(Request request) {
        try (AskedChat chat = new AskedChat()) {
            for (Type form : request.forms()) {
                assertThat(chat.complaint(request, form.sample(false))).isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REQUESTS")
    void required_fields_must_be_present(Request request) {
        try (AskedChat chat = new AskedChat()) {
            for (Shape shape : request.shapes()) {
                for (String required : shape.sample(false).properties().stream()
                        .map(Map.Entry::getKey)
                        .toList()) {
                    ObjectNode payload = shape.sample(false);
                    payload.remove(required);
                    assertThat(chat.complaint(request, payload)).as(required).isPresent();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REQUESTS")
    void bare_text_is_accepted_where_the_contract_has_it(Request request) {
        boolean takes = request.forms().contains(Scalar.TEXT);
        Throwable refusal = catchThrowable(() -> request.wire().decoder().decode(TextNode.valueOf("x")));
        assertThat(refusal == null).isEqualTo(takes);
    }
}
