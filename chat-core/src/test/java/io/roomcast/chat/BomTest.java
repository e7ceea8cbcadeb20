package io.roomcast.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What a host takes over that imports the parent of all modules as a BOM. */
class BomTest {
    private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency/artifactId";

    @Test
    void bom_manages_our_modules_netty_and_jackson_alone() throws Exception {
        assertThat(managed(Path.of("../pom.xml")))
                .containsOnly("chat-core", "chat-mongo", "chat-socketio", "netty-bom", "jackson-bom");
    }

    private static List<String> managed(Path pom) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        NodeList found =
                (NodeList) XPathFactory.newInstance().newXPath().evaluate(MANAGED, document, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }
}
