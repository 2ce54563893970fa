package io.evenkeel.coordinator.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Renders the templates, which were compiled with the program. Thread-safe. */
public final class Pages {

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /** Returns the page of a problem. */
    public String problem(int status, String title, String detail) {
        return render("problem.jte", Map.of("status", status, "title", title, "detail", detail));
    }

    private String render(String template, Map<String, Object> values) {
        StringOutput output = new StringOutput(32 * 1024);
        engine.render(template, values, output);
        return output.toString();
    }
}
