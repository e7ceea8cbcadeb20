package io.roomcast.examples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RunOptionsTest {
    @Test
    void options_areEverythingByDefault() {
        RunOptions options = RunOptions.parse();

        assertThat(options.targets()).containsExactly(Target.values());
        assertThat(options.scenarios()).hasSameSizeAs(Scenarios.all());
    }

    @Test
    void options_choose() {
        RunOptions options = RunOptions.parse("--servers", "node,bare", "--scenarios", "churn", "--measure", "2");

        assertThat(options.targets()).containsExactly(Target.NODE, Target.BARE);
        assertThat(options.scenarios()).extracting(Scenario::id).containsExactly("churn");
        assertThat(options.timing().measure()).hasSeconds(2);
    }

    @Test
    void options_refuseWhatTheyDoNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse("--servers", "apache"));
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse("--sever", "node"));
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse("--servers"));
    }
}
