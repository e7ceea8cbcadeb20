package io.roomcast.examples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomcast.examples.benchmarks.scenario.Scenario;
import io.roomcast.examples.benchmarks.scenario.Scenarios;
import io.roomcast.examples.benchmarks.targets.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsTest {
    @Test
    void options_areTheServersAndScenariosOfTheDocument_byDefault() {
        RunOptions options = RunOptions.parse();

        assertThat(options.targets())
                .contains(Target.ROOMCAST, Target.TUNED)
                .doesNotContain(Target.PLAIN, Target.KEEPING, Target.FOLLOWED);
        assertThat(options.scenarios()).containsExactlyElementsOf(Scenarios.usual());
        assertThat(options.timing().repetitions()).isEqualTo(3);
        assertThat(options.timing().coldCpuSeconds()).isEqualTo(5);
        assertThat(options.timing().warmCpuSeconds()).isEqualTo(20);
    }

    @Test
    void options_choose() {
        RunOptions options =
                RunOptions.parse("--servers", "roomcast-mongo,bare", "--scenarios", "sends,visits", "--measure", "4");

        assertThat(options.targets()).containsExactly(Target.ROOMCAST_MONGO, Target.BARE);
        assertThat(options.scenarios()).extracting(Scenario::id).containsExactly("visits", "sends");
        assertThat(options.timing().measure()).hasSeconds(4);
    }

    @Test
    void quick_isLessOfEverything_exceptWhatIsChosen() {
        RunOptions options = RunOptions.parse("--quick", "--repeat", "2");

        assertThat(options.targets())
                .containsExactly(Target.ROOMCAST, Target.ROOMCAST_MONGO, Target.NODE, Target.BUN, Target.BARE);
        assertThat(options.timing().warmCpuSeconds()).isLessThan(20);
        assertThat(options.timing().repetitions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--servers apache", "--sever node", "--servers", "--quick yes"})
    void options_refuseWhatTheyDoNotKnow(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse(line.split(" ", -1)));
    }
}
