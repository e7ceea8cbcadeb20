package io.roomcast.chat.socketio.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.command.SendMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The index refuses to start without a wire form for every permitted command. */
class WireCommandsTest {
    private static final WireCommand<SendMessage.Sent> SEND_MESSAGE = WireCommands.of(SendMessage.class);

    @Test
    void missing_command_is_named() {
        List<WireCommand<?>> commands = new ArrayList<>(WireCommands.all());
        commands.remove(SEND_MESSAGE);

        assertThatThrownBy(() -> WireCommands.index(commands))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("commands without a wire form: [SendMessage]");
    }

    @Test
    void command_with_two_wire_forms_is_refused() {
        List<WireCommand<?>> commands = new ArrayList<>(WireCommands.all());
        commands.add(SEND_MESSAGE);

        assertThatThrownBy(() -> WireCommands.index(commands))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SendMessage");
    }

    @Test
    void command_is_found_by_its_name() {
        assertThat(WireCommands.named("sendMessage")).contains(SEND_MESSAGE);
        assertThat(WireCommands.named("SendMessage")).isEmpty();
    }
}
