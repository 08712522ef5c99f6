// The answers that the cases ask for, as a real server for the oracle. tests/sandbox_jquery.rs has the same ones.
import http from 'http';
const cors = {'access-control-allow-origin':'*','access-control-allow-headers':'*','access-control-allow-methods':'*','access-control-expose-headers':'*'};
http.createServer((q,r)=>{
  const chunks=[]; q.on('data',c=>chunks.push(c)); q.on('end',()=>{
    const body=Buffer.concat(chunks).toString(); const p=q.url.split('?')[0];
    const send=(s,t,b,m)=>{ r.writeHead(s,m??'', {...cors,...(t?{'content-type':t}:{})}); r.end(b); };
    if(q.method==='OPTIONS') return send(200,'','');
    switch(p){
      case '/json': return send(200,'application/json; charset=utf-8','{"n":1}','OK');
      case '/jsontext': return send(200,'text/plain','{"n":1}','OK');
      case '/json404': return send(404,'application/json','{"e":1}','Not Found');
      case '/badjson': return send(200,'application/json','<p>','OK');
      case '/emptyjson': return send(200,'application/json','','OK');
      case '/none': return send(204,'','','No Content');
      case '/html': return send(200,'text/html','<h1>x</h1>','OK');
      case '/script': return send(200,'application/javascript','throw 1','OK');
      case '/echo': return send(200,'text/plain',JSON.stringify([q.method,q.headers['content-type']??null,body]),'OK');
      case '/query': return send(200,'text/plain',q.url,'OK');
      case '/headers': return send(200,'application/json',JSON.stringify([q.headers['x-a'],q.headers.accept,q.headers['x-requested-with']??null]),'OK');
      case '/slow': return setTimeout(()=>send(200,'text/plain','late','OK'),400);
      case '/head': return send(200,'text/plain','','OK');
      default: return send(404,'text/plain','Not Found','Not Found');
    }
  });
}).listen(Number(process.argv[2] ?? 38123));
