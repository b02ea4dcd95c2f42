// Makes the pages quicker to use; everything works without.
"use strict";
