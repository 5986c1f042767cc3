// The islands of every page: each looks for its own marks in the page and does nothing where there are none.
import { when } from "./when";

when();
