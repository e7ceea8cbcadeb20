package io.roomcast.chat.socketio.clients;

import io.roomcast.chat.socketio.guard.Programs;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Checks for coturn. */
final class CoturnCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Programs.runs("turnserver", "--version")
                ? ConditionEvaluationResult.enabled("coturn is installed")
                : Programs.skipOrFail("no turnserver on the PATH: install the Debian package coturn");
    }
}
