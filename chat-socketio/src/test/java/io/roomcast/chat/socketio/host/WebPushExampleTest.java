package io.roomcast.chat.socketio.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.socketio.push.ExampleMain;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of RFC 8291, section 5. */
class WebPushExampleTest {
    private static final String BODY = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
            + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
            + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    /** Where the size of a record is. The sender chooses it: here it is that of the only record. */
    private static final int SIZE_AT = 16;

    private static final int SIZE_BYTES = 4;

    @Test
    void example_is_encrypted_to_the_bytes_of_the_specification() {
        String classPath =
                HostProcess.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        HostProcess run = HostProcess.run(List.of("-cp", classPath, ExampleMain.class.getName()));
        assertThat(withoutSize(run.output().strip())).isEqualTo(withoutSize(BODY));
    }

    private static byte[] withoutSize(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        Arrays.fill(bytes, SIZE_AT, SIZE_AT + SIZE_BYTES, (byte) 0);
        return bytes;
    }
}
