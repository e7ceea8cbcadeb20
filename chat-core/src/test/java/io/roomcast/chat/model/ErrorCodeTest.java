package io.roomcast.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The table of error codes in the wire contract, line by line. */
class ErrorCodeTest {
    /** One line of the table. */
    record Line(String code, int httpStatus, String text, boolean retryable) {
        @Override
        public String toString() {
            return code;
        }
    }

    static final List<Line> CONTRACT = List.of(
            new Line("missing_fields", 400, "Missing required fields", false),
            new Line("invalid_payload", 400, "Invalid payload", false),
            new Line("invalid_cursor", 400, "Invalid cursor", false),
            new Line("message_too_long", 413, "Message too long", false),
            new Line("payload_too_large", 413, "Payload too large", false),
            new Line("file_too_large", 413, "File too large", false),
            new Line("file_type_blocked", 415, "File type not allowed", false),
            new Line("quota_exceeded", 413, "Upload quota exceeded", false),
            new Line("unauthenticated", 401, "Authentication error", false),
            new Line("token_expired", 401, "Token expired", true),
            new Line("forbidden", 403, "Not allowed", false),
            new Line("user_mismatch", 403, "Not allowed", false),
            new Line("rejected", 422, "Message rejected", false),
            new Line("conversation_not_found", 404, "Conversation not found", false),
            new Line("message_not_found", 404, "Message not found", false),
            new Line("call_not_found", 404, "Call not found", false),
            new Line("upload_not_found", 404, "Upload not found", false),
            new Line("conflict", 409, "Conflict", false),
            new Line("room_limit", 409, "Too many rooms", false),
            new Line("member_limit", 409, "Too many members", false),
            new Line("reaction_limit", 409, "Too many reactions", false),
            new Line("pin_limit", 409, "Too many pinned messages", false),
            new Line("subscription_limit", 409, "Too many subscriptions", false),
            new Line("upload_limit", 409, "Too many uploads", false),
            new Line("busy", 409, "Busy", false),
            new Line("call_exists", 409, "Call already running", false),
            new Line("call_full", 409, "Call full", false),
            new Line("answered_elsewhere", 409, "Answered elsewhere", false),
            new Line("edit_window_closed", 409, "Too late to edit", false),
            new Line("delete_window_closed", 409, "Too late to delete", false),
            new Line("position_lost", 410, "Position lost", false),
            new Line("rate_limited", 429, "Too many requests", true),
            new Line("storage_unavailable", 503, "Storage is unavailable", true),
            new Line("unavailable", 503, "Temporarily unavailable", true),
            new Line("server_draining", 503, "Server restarting", true),
            new Line("timeout", 504, "Timed out", true),
            new Line("not_supported", 501, "Not supported", false),
            new Line("internal_error", 500, "Internal error", true));

    @ParameterizedTest(name = "{0}")
    @FieldSource("CONTRACT")
    void code_is_as_in_the_contract(Line line) {
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(one -> one.wireName().equals(line.code))
                .findFirst()
                .orElseThrow();
        assertThat(code.httpStatus()).isEqualTo(line.httpStatus);
        assertThat(code.text()).isEqualTo(line.text);
        assertThat(code.retryable()).isEqualTo(line.retryable);
    }

    @Test
    void contract_names_every_code_once() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName))
                .containsExactlyInAnyOrderElementsOf(
                        CONTRACT.stream().map(Line::code).toList());
    }
}
