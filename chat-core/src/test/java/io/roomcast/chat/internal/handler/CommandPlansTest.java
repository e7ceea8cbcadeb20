package io.roomcast.chat.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.GetConversation;
import io.roomcast.chat.command.GetConversations;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.command.JoinRoom;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.command.SendMessage;
import io.roomcast.chat.command.StartUpload;
import io.roomcast.chat.command.UserCommand;
import io.roomcast.chat.fixture.SampleCommands;
import io.roomcast.chat.internal.handler.CommandPlan.Order;
import io.roomcast.chat.internal.rule.IdRules;
import io.roomcast.chat.internal.rule.Rules;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Limits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds for every command that there is, also for one that is added later. */
class CommandPlansTest {
    private static final Set<Action> TO_THE_ROOM =
            EnumSet.of(Action.SEND, Action.EDIT, Action.REACT, Action.TYPE, Action.SEND_EVENT);

    private static final IdRules IDS = Rules.of(Limits.defaults()).ids();
    private static final Handlers HANDLERS = TestHandlers.create();

    static Stream<Command<?>> commands() {
        return SampleCommands.all();
    }

    private static CommandPlan<?, ?> planOf(Command<?> command) {
        return HANDLERS.plan(command);
    }

    private static boolean isJoin(Command<?> command) {
        return command instanceof JoinRoom || command instanceof JoinRooms;
    }

    @Test
    void command_without_a_plan_is_named() {
        List<CommandPlan<?, ?>> plans = new ArrayList<>(HANDLERS.plans());
        plans.removeIf(plan -> plan.type() == SendMessage.class);

        assertThatThrownBy(() -> new Handlers(plans, IDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("commands without a plan: [SendMessage]");
    }

    @Test
    void command_with_two_plans_is_refused() {
        List<CommandPlan<?, ?>> plans = new ArrayList<>(HANDLERS.plans());
        plans.addAll(HANDLERS.plans());

        assertThatThrownBy(() -> new Handlers(plans, IDS)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void joins_run_immediately(Command<?> command) {
        assertThat(planOf(command).order() == Order.IMMEDIATE).isEqualTo(isJoin(command));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void messages_are_committed_in_groups(Command<?> command) {
        assertThat(planOf(command).order() == Order.COMMIT).isEqualTo(command instanceof SendMessage);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_without_a_conversation_runs_in_no_order(Command<?> command) {
        if (command instanceof UserCommand && !isJoin(command)) {
            assertThat(planOf(command).order()).isEqualTo(Order.CONCURRENT);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_that_sends_content_to_the_room_runs_in_order_and_checks_the_members(Command<?> command) {
        CommandPlan<?, ?> plan = planOf(command);
        boolean sendsContent = command.action().filter(TO_THE_ROOM::contains).isPresent()
                // The room receives a file with its message only.
                && !(command instanceof StartUpload);
        assertThat(plan.checksMembers()).isEqualTo(sendsContent);
        if (sendsContent) {
            assertThat(plan.order()).isIn(Order.SERIAL, Order.COMMIT);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_that_only_reads_does_not_wait_for_writes(Command<?> command) {
        if (command.action().filter(Action.READ::equals).isPresent()) {
            assertThat(planOf(command).order()).isEqualTo(Order.CONCURRENT);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void preparation_precedes_messages_receipts_of_several_conversations_and_unread_counts(Command<?> command) {
        boolean isPrepared =
                command instanceof SendMessage || command instanceof MarkDelivered || countsUnread(command);
        assertThat(planOf(command).preparation() != CommandPlan.UNPREPARED).isEqualTo(isPrepared);
    }

    /** Returns whether the answer has unread counts, before which the session must receive their changes. */
    private static boolean countsUnread(Command<?> command) {
        return command instanceof GetConversations
                || command instanceof GetConversation
                || command instanceof GetUnread;
    }
}
