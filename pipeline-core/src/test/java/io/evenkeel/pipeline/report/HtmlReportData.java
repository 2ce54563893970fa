package io.evenkeel.pipeline.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The data Playwright's HTML report carries in itself: a zip in base64 with a list of all tests. */
final class HtmlReportData {

    private static final Pattern DATA = Pattern.compile("data:application/zip;base64,([A-Za-z0-9+/=]+)");

    private HtmlReportData() {}

    /** Returns the ids of all tests the report shows, in its order. */
    static List<String> testIds(Path html) throws IOException {
        Matcher data = DATA.matcher(Files.readString(html));
        if (!data.find()) {
            throw new IllegalStateException("There is no data in " + html + ".");
        }
        byte[] zip = Base64.getDecoder().decode(data.group(1));
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals("report.json")) {
                    return testIds(new ObjectMapper().readTree(in.readAllBytes()));
                }
            }
        }
        throw new IllegalStateException("There is no report.json in the data of " + html + ".");
    }

    private static List<String> testIds(JsonNode report) {
        List<String> ids = new ArrayList<>();
        for (JsonNode file : report.path("files")) {
            for (JsonNode test : file.path("tests")) {
                ids.add(test.path("testId").asText());
            }
        }
        return ids;
    }
}
