package io.roomcast.chat.socketio.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.event.ChatEvent;
import io.roomcast.chat.event.Delivery;
import io.roomcast.chat.event.SyncRequired;
import io.roomcast.chat.fixture.RecordSamples;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.socketio.internal.packet.Packets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the tables of EVENTS.md and PROTOCOL.md with the contract: every event, field and error code is in them, and no others. */
class DocumentedProtocolTest {
    private static final List<Request> REQUESTS = WireContract.REQUESTS;
    private static final List<Notice> NOTICES = WireContract.NOTICES;
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @ParameterizedTest(name = "{0}")
    @FieldSource("REQUESTS")
    void request_is_in_the_table_with_its_fields(Request request) throws IOException {
        String[] row = row("Events from clients", request.name());
        assertThat(fields(request.payload()))
                .allSatisfy(field -> assertThat(row[2]).containsPattern(word(field)));
        assertThat(fields(request.answer()).filter(field -> !field.equals("success")))
                .allSatisfy(field -> assertThat(row[3]).containsPattern(word(field)));
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("NOTICES")
    void notice_is_in_the_table_with_its_fields(Notice notice) throws IOException {
        String[] row = row("Events from the server", notice.name());
        assertThat(fields(notice.payload()))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(row[2]).containsPattern(word(field)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void delivery_is_in_the_table(String name, Delivery delivery) throws IOException {
        assertThat(row("Events from the server", name)[3].strip())
                .isEqualTo(delivery.name().toLowerCase(Locale.ROOT));
    }

    private static Stream<Arguments> events() {
        RecordSamples full =
                Samples.all().filter(samples -> samples.size() > 0).findFirst().orElseThrow();
        return RecordSamples.types(ChatEvent.class)
                .map(type -> (ChatEvent) full.of(type))
                .map(event ->
                        Arguments.of(Encoded.event(Packets.event(event)).path(0).textValue(), event.delivery()));
    }

    @Test
    void tables_have_no_other_events() throws IOException {
        assertThat(names("Events from clients", "event"))
                .containsExactlyInAnyOrderElementsOf(
                        REQUESTS.stream().map(Request::name).toList());
        assertThat(names("Events from the server", "event"))
                .containsExactlyInAnyOrderElementsOf(
                        NOTICES.stream().map(Notice::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void error_code_is_in_the_table(ErrorCode code) throws IOException {
        String[] row = row("Error codes", code.wireName());
        assertThat(row[2].strip()).isEqualTo(String.valueOf(code.httpStatus()));
        assertThat(row[3].strip()).isEqualTo(code.retryable() ? "yes" : "no");
        assertThat(row[4]).isNotBlank();
    }

    @Test
    void table_has_no_other_error_codes() throws IOException {
        assertThat(names("Error codes", "code"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ErrorCode.values()).map(ErrorCode::wireName).toList());
    }

    @ParameterizedTest
    @EnumSource
    void reason_to_synchronize_is_described(SyncRequired.Reason reason) throws IOException {
        assertThat(Files.readString(Path.of("PROTOCOL.md"))
                        .split("\n`syncRequired` has one of these reasons:")[1]
                        .split("\n\n")[0])
                .contains("`" + reason.wireName() + "` (");
    }

    private static Stream<String> fields(Type type) {
        if (type instanceof Named named) {
            return fields(named.type());
        }
        if (type instanceof Either either) {
            return either.alternatives().stream().flatMap(DocumentedProtocolTest::fields);
        }
        if (type instanceof ListOf list) {
            return fields(list.element());
        }
        return type instanceof Shape shape ? shape.fields().stream().map(Field::name) : Stream.empty();
    }

    private static String word(String field) {
        return "\\b" + field + "\\b";
    }

    private static String[] row(String section, String name) throws IOException {
        return rows(section)
                .filter(row -> row.split("\\|")[1].contains("`" + name + "`"))
                .findFirst()
                .map(row -> row.split("\\|", -1))
                .orElseThrow(() -> new AssertionError(section + ": no row for " + name));
    }

    /** Returns the names in the first column of the table whose first heading is the given one. */
    private static List<String> names(String section, String heading) throws IOException {
        return rows(section)
                .dropWhile(row -> !row.startsWith("| " + heading + " |"))
                .flatMap(row -> NAME.matcher(row.split("\\|")[1]).results().map(found -> found.group(1)))
                .toList();
    }

    private static Stream<String> rows(String section) throws IOException {
        return (Files.readString(Path.of("EVENTS.md")) + Files.readString(Path.of("PROTOCOL.md")))
                .split("\n## " + section + "\n")[1]
                .split("\n## ")[0]
                .lines()
                .filter(line -> line.startsWith("|"));
    }
}
