package io.roomcast.examples.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void options_areEverythingByDefault() {
        Options options = Options.parse();

        assertThat(options.targets()).containsExactly(Target.values());
        assertThat(options.scenarios()).hasSameSizeAs(Catalogue.all());
    }

    @Test
    void options_choose() {
        Options options = Options.parse("--servers", "node,bare", "--scenarios", "churn", "--measure", "2");

        assertThat(options.targets()).containsExactly(Target.NODE, Target.BARE);
        assertThat(options.scenarios()).extracting(Scenario::id).containsExactly("churn");
        assertThat(options.timing().measure()).hasSeconds(2);
    }

    @Test
    void options_refuseWhatTheyDoNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--servers", "apache"));
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--sever", "node"));
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse("--servers"));
    }
}
