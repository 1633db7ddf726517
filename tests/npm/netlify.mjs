// Prints what Netlify makes of a site's _headers and _redirects: node netlify.mjs FOLDER
import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";

const folder = process.argv[2];
const headers = await parseAllHeaders({ headersFiles: [`${folder}/_headers`], minimal: true });
const redirects = await parseAllRedirects({ redirectsFiles: [`${folder}/_redirects`], minimal: true });
const errors = [...headers.errors, ...redirects.errors].map(String);
console.log(JSON.stringify({ headers: headers.headers, redirects: redirects.redirects, errors }));
