package io.roomcast.chat.socketio.guard;

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
        Optional<String> missing =
                required.filter(program -> !Programs.runs(program, "-v")).findFirst();
        return missing.map(ProgramCondition::skipOrFail)
                .orElseGet(() -> ConditionEvaluationResult.enabled("all programs are installed"));
    }

    private static ConditionEvaluationResult skipOrFail(String program) {
        return Programs.skipOrFail("no " + program + " on the PATH: install the Debian package " + program);
    }
}
