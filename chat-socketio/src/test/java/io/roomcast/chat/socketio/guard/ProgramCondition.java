package io.roomcast.chat.socketio.guard;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Checks for the programs that a class requires. */
final class ProgramCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Stream<String> required =
                AnnotationSupport.findAnnotation(context.getElement(), RequiresPrograms.class).stream()
                        .flatMap(found -> Stream.of(found.value()));
        Optional<String> missing = required.filter(program -> !runs(program)).findFirst();
        return missing.map(ProgramCondition::skipOrFail)
                .orElseGet(() -> ConditionEvaluationResult.enabled("all programs are installed"));
    }

    private static boolean runs(String program) {
        try {
            return new ProcessBuilder(program, "-v")
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ConditionEvaluationResult skipOrFail(String program) {
        String reason = "no " + program + " on the PATH: install the Debian package " + program;
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
